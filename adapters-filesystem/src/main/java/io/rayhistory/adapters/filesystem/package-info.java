/**
 * This machine's disk: an object store in a folder, for working offline on what collectors wrote, and the spool in which
 * events wait for an object store.
 */
package io.rayhistory.adapters.filesystem;
