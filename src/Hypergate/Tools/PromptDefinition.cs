namespace Hypergate.Tools;

/// <summary>A prompt that a client can offer to its user.</summary>
/// <param name="Name">What a client asks for.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Text">What the assistant is told as the user's message.</param>
public sealed record PromptDefinition(string Name, string Title, string Description, string Text);
