package io.rayhistory.house;

import com.tngtech.archunit.lang.ArchRule;

/**
 * A rule and its proof.
 *
 * @param offender simple name of the class planted below the offenders' root that the rule has to find
 */
record HouseRule(String sentence, ArchRule rule, String offender) {
    @Override
    public String toString() {
        return sentence;
    }
}
