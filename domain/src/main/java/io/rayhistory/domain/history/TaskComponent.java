package io.rayhistory.domain.history;

/** The process that measured spans: {@code worker} or {@code driver}, its worker id, its node's address. */
record TaskComponent(String type, String id, String nodeIpAddress) {
}
