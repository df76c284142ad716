/**
 * What Argo's controllers do around runs, for an embedded cluster: fires CronWorkflows, keeps their history, and deletes runs whose
 * time to live is over.
 */
@NullMarked
package dev.plumbline.controller.local.cron;

import org.jspecify.annotations.NullMarked;
