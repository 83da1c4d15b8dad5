package io.rayhistory.domain.history;

import java.util.List;

/**
 * The spans of one attempt in (end, start, name) order, and the process that measured them.
 */
public record TaskProfile(String componentType, String componentId, String nodeIpAddress, List<TaskSpan> spans) {
}
