namespace Hypergate.Tools.Utility.Documentation;

/// <summary>A heading of a documentation page and the text below it.</summary>
internal sealed record Passage(string Heading, string Text);
