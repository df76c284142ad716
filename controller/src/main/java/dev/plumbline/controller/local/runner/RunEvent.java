package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.model.ObjectKey;

/**
 * Something that happened in a run, for people.
 *
 * @param workflow the Workflow; a CronWorkflow where the runner says that it does not fire it
 * @param phase phase that the run or the node entered, in Argo's words; empty for a mere remark
 * @param node display name of the node; empty for the run as a whole
 * @param message why, or what; may be empty
 */
public record RunEvent(ObjectKey workflow, String phase, String node, String message) {}
