package dev.plumbline.registry.template;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;

/**
 * A place that used a template rightly before a change of it and does not any more.
 *
 * @param consumer the object that uses it
 * @param location where the reference is written
 * @param template the template
 * @param message what is wrong with the use now, as a sentence without its first capital
 */
public record BrokenConsumer(ObjectKey consumer, Location location, ObjectKey template, String message) {}
