namespace Hypergate.Tools;

/// <summary>A text in Markdown that a client can read as a resource.</summary>
/// <param name="Address">Its whole address.</param>
/// <param name="Name">The last part of it.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Text">The text.</param>
public sealed record GuideDefinition(string Address, string Name, string Title, string Description, string Text);
