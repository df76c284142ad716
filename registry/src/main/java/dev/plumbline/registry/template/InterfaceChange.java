package dev.plumbline.registry.template;

/**
 * One difference between two states of a template's interface.
 *
 * @param bump what it needs
 * @param place what it is about, such as {@code arguments.parameters.model-name} or {@code templates.train.outputs.parameters.uri}
 * @param message what changed, as a sentence without its first capital
 */
public record InterfaceChange(Bump bump, String place, String message) {}
