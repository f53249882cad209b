package io.wavegate.wavelet.document;

import java.util.List;

/**
 * A sequence of runs as a balanced tree whose leaves they are. Trees never change and share what they have in common:
 * an edit makes new branches along the path to it, a few for each level.
 *
 * <p>Balance is that of AVL trees (the heights of a branch's sides differ by one at most), kept by {@link #join} as in
 * Blelloch, Ferizovic and Sun, "Just Join for Parallel Ordered Sets" (2016): everything else is made of cutting and
 * joining, and joining costs the difference of the heights.
 */
sealed interface Tree permits Tree.Empty, Tree.Branch, Run {
    Tree EMPTY = new Empty();

    /** Items: UTF-16 code units, element starts and element ends. */
    int length();

    /** Levels of branches above the deepest leaf. */
    int height();

    /** The tree of no runs. */
    record Empty() implements Tree {
        @Override
        public int length() {
            return 0;
        }

        @Override
        public int height() {
            return -1;
        }
    }

    /** Two trees, neither of them empty, one after the other. */
    final class Branch implements Tree {
        final Tree left;
        final Tree right;
        private final int length;
        private final int height;

        Branch(Tree left, Tree right) {
            this.left = left;
            this.right = right;
            this.length = left.length() + right.length();
            this.height = Math.max(left.height(), right.height()) + 1;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public int height() {
            return height;
        }
    }

    /** A balanced tree of runs as they are. */
    static Tree of(List<? extends Run> runs) {
        int count = runs.size();
        if (count == 0) {
            return EMPTY;
        } else if (count == 1) {
            return runs.get(0);
        }
        return join(of(runs.subList(0, count / 2)), of(runs.subList(count / 2, count)));
    }

    /** One after the other; runs at the seam stay apart. */
    static Tree join(Tree left, Tree right) {
        if (left == EMPTY) {
            return right;
        } else if (right == EMPTY) {
            return left;
        }
        int lean = left.height() - right.height();
        if (lean > 1) {
            Branch high = (Branch) left;
            return balanced(high.left, join(high.right, right));
        } else if (lean < -1) {
            Branch high = (Branch) right;
            return balanced(join(left, high.left), high.right);
        }
        return new Branch(left, right);
    }

    // Joins trees whose heights differ by two at most.
    private static Tree balanced(Tree left, Tree right) {
        int lean = left.height() - right.height();
        if (lean > 1) {
            Branch high = (Branch) left;
            if (high.left.height() >= high.right.height()) {
                return new Branch(high.left, new Branch(high.right, right));
            }
            Branch middle = (Branch) high.right;
            return new Branch(new Branch(high.left, middle.left), new Branch(middle.right, right));
        } else if (lean < -1) {
            Branch high = (Branch) right;
            if (high.right.height() >= high.left.height()) {
                return new Branch(new Branch(left, high.left), high.right);
            }
            Branch middle = (Branch) high.left;
            return new Branch(new Branch(left, middle.left), new Branch(middle.right, high.right));
        }
        return new Branch(left, right);
    }

    /** One after the other; texts at the seam become one run if they can, so that edits do not leave crumbs behind. */
    static Tree append(Tree left, Tree right) {
        if (left == EMPTY) {
            return right;
        } else if (right == EMPTY) {
            return left;
        }
        if (last(left) instanceof Run.Text before
                && first(right) instanceof Run.Text after
                && before.canPrecede(after)) {
            Tree.Cut rest = cut(left, left.length() - before.length());
            return join(
                    join(rest.before(), before.followedBy(after)),
                    cut(right, after.length()).after());
        }
        return join(left, right);
    }

    /** The first run of a tree that is not empty. */
    static Run first(Tree tree) {
        Tree node = tree;
        while (node instanceof Branch branch) {
            node = branch.left;
        }
        return (Run) node;
    }

    /** The last run of a tree that is not empty. */
    static Run last(Tree tree) {
        Tree node = tree;
        while (node instanceof Branch branch) {
            node = branch.right;
        }
        return (Run) node;
    }

    /** The two parts of a tree. */
    record Cut(Tree before, Tree after) {}

    /** Cuts a tree in front of an item; a text is cut in two. */
    static Cut cut(Tree tree, int at) {
        if (at <= 0) {
            return new Cut(EMPTY, tree);
        } else if (at >= tree.length()) {
            return new Cut(tree, EMPTY);
        } else if (tree instanceof Branch branch) {
            int leftLength = branch.left.length();
            if (at < leftLength) {
                Cut left = cut(branch.left, at);
                return new Cut(left.before(), join(left.after(), branch.right));
            } else if (at > leftLength) {
                Cut right = cut(branch.right, at - leftLength);
                return new Cut(join(branch.left, right.before()), right.after());
            }
            return new Cut(branch.left, branch.right);
        }
        Run.Text text = (Run.Text) tree;
        return new Cut(text.part(0, at), text.part(at, text.length()));
    }

    /** Takes runs one by one. */
    interface RunReader {
        void read(Run run);
    }

    /** Reads the runs of a part of a tree in order; texts at the ends are cut. */
    static void read(Tree tree, int from, int until, RunReader reader) {
        if (from >= until) {
            return;
        } else if (tree instanceof Branch branch) {
            int leftLength = branch.left.length();
            read(branch.left, from, Math.min(until, leftLength), reader);
            read(branch.right, Math.max(0, from - leftLength), until - leftLength, reader);
        } else if (tree instanceof Run.Text text && until - from < text.length()) {
            reader.read(text.part(from, until));
        } else if (tree instanceof Run run) {
            reader.read(run);
        }
    }
}
