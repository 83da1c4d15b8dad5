package io.rayhistory.application.port;

/**
 * How to find the dashboard of a live cluster, as the cluster's resource tells. The texts come from {@code status}, which
 * others than the operator may be allowed to write: they are data, not addresses, until they have been checked.
 *
 * @param ready         the operator calls the head pod ready; a hint, not a proof
 * @param podName       the head pod, {@code ""} while there is none
 * @param address       {@code status.head.serviceIP}: with the operator's default, headless service, the pod's own address;
 *                      {@code ""} while there is none
 * @param serviceName   {@code status.head.serviceName}, {@code ""} while there is none
 * @param dashboardPort container port named {@code dashboard} of the head's first container, else 8265
 */
public record ClusterHead(boolean ready, String podName, String address, String serviceName, int dashboardPort) {

    /** True if there is neither pod nor address. */
    public boolean gone() {
        return podName.isEmpty() && address.isEmpty() && serviceName.isEmpty();
    }
}
