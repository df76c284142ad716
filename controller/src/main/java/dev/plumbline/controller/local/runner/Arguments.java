package dev.plumbline.controller.local.runner;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller passes to a template.
 *
 * @param parameters value by name
 * @param artifacts artifact by name, with its {@code s3.key} or {@code raw}
 */
record Arguments(Map<String, String> parameters, Map<String, Map<String, @Nullable Object>> artifacts) {}
