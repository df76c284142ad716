/**
 * What a change of the repository means before it is merged: environment by environment what changes in rendered form, which
 * findings come and go, whose use of a template breaks, which models and schedules are touched, and what keeps it from being
 * merged. How that is shown is told elsewhere.
 */
@NullMarked
package dev.plumbline.registry.review;

import org.jspecify.annotations.NullMarked;
