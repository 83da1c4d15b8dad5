/**
 * Reading stored sessions. {@link io.rayhistory.application.read.HistoryReader} is the door for programs that embed
 * this; the interfaces are what the HTTP adapter uses. Everything here is thread-safe.
 */
package io.rayhistory.application.read;
