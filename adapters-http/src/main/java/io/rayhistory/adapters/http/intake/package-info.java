/**
 * What a collector listens to: Ray's posts on one port, and on another one those who ask how it is. Written on Jetty's
 * core alone, without servlets and Javalin, because it runs beside every Ray node and has to be small.
 */
package io.rayhistory.adapters.http.intake;
