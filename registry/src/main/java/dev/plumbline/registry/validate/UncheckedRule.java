package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Severity;

/** A rule for what nobody checks before it runs. It is an error only where the run is sure to fail. */
interface UncheckedRule extends Rule {

    @Override
    default Group group() {
        return Group.UNCHECKED;
    }

    @Override
    default Severity severity() {
        return Severity.WARNING;
    }
}
