/**
 * Git by JGit: mirrors of repositories, reading commits and files from Git objects, and the few things that are written to
 * a repository: a revert commit and its push, and a first repository of the shipped pipelines. The only home of JGit, and of
 * the ssh and OpenPGP that it is used with (Apache MINA, Bouncy Castle).
 */
@NullMarked
package dev.plumbline.registry.git;

import org.jspecify.annotations.NullMarked;
