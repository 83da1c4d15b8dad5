/** How a history lies in one stored object: values, columns, checked and compressed blocks. */
package io.rayhistory.application.read.snapshot;
