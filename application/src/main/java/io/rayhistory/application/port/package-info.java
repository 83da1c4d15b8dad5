/**
 * What this program needs from the outside. The Javadoc is the law: an adapter can be written from it, and the contract
 * suites in the test jar hold every adapter to it.
 */
package io.rayhistory.application.port;
