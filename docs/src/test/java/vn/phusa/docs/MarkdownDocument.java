package vn.phusa.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * A Markdown text with what a reader can follow in it.
 *
 * @param anchors the fragments that links can name, as GitHub makes them of headings
 * @param targets where its links and pictures lead, as they are written
 * @param code its spans and blocks of code
 */
record MarkdownDocument(Set<String> anchors, List<String> targets, List<String> code) {
  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();
  private static final Pattern HTML_TARGET = Pattern.compile("(?:href|src|srcset)=\"([^\"]+)\"");
  private static final Pattern HTML_ANCHOR = Pattern.compile("(?:id|name)=\"([^\"]+)\"");

  static MarkdownDocument of(String markdown) {
    Collector collector = new Collector();
    PARSER.parse(markdown).accept(collector);
    return new MarkdownDocument(collector.anchors, collector.targets, collector.code);
  }

  /** GitHub's rule: lower case, blanks become hyphens, other punctuation goes. */
  static String anchor(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
        .replace(' ', '-');
  }

  private static final class Collector extends AbstractVisitor {
    private final Set<String> anchors = new HashSet<>();
    private final List<String> targets = new ArrayList<>();
    private final List<String> code = new ArrayList<>();
    private final Map<String, Integer> repeats = new HashMap<>();

    @Override
    public void visit(Heading heading) {
      String anchor = anchor(HeadingText.of(heading));
      int before = repeats.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
      visitChildren(heading);
    }

    @Override
    public void visit(Link link) {
      targets.add(link.getDestination());
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      targets.add(image.getDestination());
      visitChildren(image);
    }

    @Override
    public void visit(HtmlInline html) {
      html(html.getLiteral());
    }

    @Override
    public void visit(HtmlBlock html) {
      html(html.getLiteral());
    }

    @Override
    public void visit(Code span) {
      code.add(span.getLiteral());
    }

    @Override
    public void visit(FencedCodeBlock block) {
      code.add(block.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock block) {
      code.add(block.getLiteral());
    }

    private void html(String text) {
      HTML_TARGET.matcher(text).results().forEach(target -> targets.add(target.group(1)));
      Matcher anchor = HTML_ANCHOR.matcher(text);
      while (anchor.find()) {
        anchors.add(anchor.group(1));
      }
    }
  }

  /** What a heading reads without its marks. */
  private static final class HeadingText extends AbstractVisitor {
    private final StringBuilder text = new StringBuilder();

    static String of(Heading heading) {
      HeadingText visitor = new HeadingText();
      visitor.visitChildren(heading);
      return visitor.text.toString();
    }

    @Override
    public void visit(Text node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(Code node) {
      text.append(node.getLiteral());
    }
  }
}
