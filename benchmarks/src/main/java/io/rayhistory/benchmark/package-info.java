/** Micro-benchmarks of reading sessions; whole processes are measured by the scripts beside this module. */
package io.rayhistory.benchmark;
