/** Why a session failed, in the order in which somebody who asks wants to hear it: causes before their victims. */
package io.rayhistory.domain.failure;
