package io.rayhistory.domain.query;

import java.util.List;

/** A list question. {@code limit} is 0 or more; {@code excludeDriver} leaves driver tasks out (tasks only). */
public record ListQuery(List<Filter> filters, int limit, boolean excludeDriver) {
}
