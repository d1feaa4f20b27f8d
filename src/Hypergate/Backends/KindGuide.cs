namespace Hypergate.Backends;

/// <summary>A text in Markdown that a kind of platform brings along, with an address of its own.</summary>
internal sealed record KindGuide(string Address, string Title, string Description, string Text);
