package io.rayhistory.domain.query;

import io.rayhistory.domain.history.PlacementGroup;

import java.util.List;

/** Lists placement groups. */
final class PlacementGroupList {
    private static final Columns<PlacementGroup> COLUMNS = Columns.<PlacementGroup>builder()
            .text("placement_group_id", PlacementGroup::placementGroupId)
            .text("name", PlacementGroup::name)
            .text("creator_job_id", PlacementGroup::creatorJobId)
            .text("state", PlacementGroup::state)
            .bool("is_detached", PlacementGroup::detached)
            .build();
    private static final Listing<PlacementGroup> LISTING = new Listing<>("placement group", COLUMNS,
            group -> group.stats().creationRequestReceivedNs(), group -> !group.state().equals("REMOVED"));

    private PlacementGroupList() {
    }

    /** @param groups sorted by id */
    static Page<PlacementGroup> page(List<PlacementGroup> groups, List<Filter> filters, int limit, long recordEndNs) {
        return LISTING.page(groups.size(), groups, filters, limit, recordEndNs);
    }
}
