/** Asks the dashboard of a live head node, with the JDK's own HTTP client. */
package io.rayhistory.adapters.raydashboard;
