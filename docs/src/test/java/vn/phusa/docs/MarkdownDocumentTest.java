package vn.phusa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownDocumentTest {

  @Test
  void anchorsAreThoseThatGitHubMakes() {
    assertThat(MarkdownDocument.anchor("What a feed may hold")).isEqualTo("what-a-feed-may-hold");
    assertThat(MarkdownDocument.anchor("`--rules`: one file")).isEqualTo("--rules-one-file");
    assertThat(MarkdownDocument.anchor("Phù Sa, năm 2025")).isEqualTo("phù-sa-năm-2025");
    assertThat(MarkdownDocument.anchor("fact_sales & marts")).isEqualTo("fact_sales--marts");
  }

  @Test
  void aHeadingThatComesAgainIsNumbered() {
    assertThat(MarkdownDocument.of("# Limits\n\n## Limits\n\n## `Limits`\n").anchors())
        .containsExactlyInAnyOrder("limits", "limits-1", "limits-2");
  }

  @Test
  void linksPicturesAndHtmlAreTargetsAndCodeIsNone() {
    MarkdownDocument document =
        MarkdownDocument.of(
            "| a |\n|---|\n| [x](one.md) |\n\n[y][ref] ![z](two.svg) `[c](no.md)`\n\n"
                + "<img src=\"three.png\">\n\n    [d](no.md)\n\n[ref]: four.md#here\n");
    assertThat(document.targets())
        .containsExactly("one.md", "four.md#here", "two.svg", "three.png");
  }
}
