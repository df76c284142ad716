/**
 * JSON text to plain trees and back (Jackson core). A tree is made of {@code Map<String, Object>} in order, {@code List<Object>},
 * {@code String}, {@code Boolean}, {@code Long} or {@code BigInteger}, {@code Double} and {@code null}.
 */
@NullMarked
package dev.plumbline.registry.json;

import org.jspecify.annotations.NullMarked;
