/** Questions put to a SessionHistory and their answers, with the semantics of Ray's state API. */
package io.rayhistory.domain.query;
