/** Kubernetes: which RayClusters exist, the tokens of their dashboards, and who may see what. */
package io.rayhistory.adapters.kubernetes;
