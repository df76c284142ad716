package dev.plumbline.tests.operator;

/** Something to wait for. */
@FunctionalInterface
interface Condition {

    /** Whether it holds now. */
    boolean holds() throws Exception;
}
