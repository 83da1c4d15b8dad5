/** An object store in a folder of this machine, for working offline on what collectors wrote. */
package io.rayhistory.adapters.filesystem;
