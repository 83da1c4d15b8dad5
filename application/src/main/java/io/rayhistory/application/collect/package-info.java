/**
 * Beside a Ray node: takes in its events, ships its logs, keeps a few answers of its dashboard. Never meets {@code
 * application.read}.
 */
package io.rayhistory.application.collect;
