/** Where things lie in a store, and what names tell: pure functions on texts, never reading anything. */
package io.rayhistory.domain.layout;
