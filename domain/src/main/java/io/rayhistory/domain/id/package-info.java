/** Who is meant: Ray's binary ids in their normal form, and the names that point at a stored session. */
package io.rayhistory.domain.id;
