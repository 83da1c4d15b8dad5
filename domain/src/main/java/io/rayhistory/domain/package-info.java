/** What every part shares: the one exception and its kinds. */
package io.rayhistory.domain;
