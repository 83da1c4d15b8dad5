/** The program: command line, settings, wiring. The only place that knows the environment, the clock and the streams. */
package io.rayhistory.bootstrap;
