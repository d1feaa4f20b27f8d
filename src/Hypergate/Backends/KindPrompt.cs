namespace Hypergate.Backends;

/// <summary>A prompt that a kind of platform brings along; <c>{name}</c> in its text stands for an argument.</summary>
internal sealed record KindPrompt(string Name, string Title, string Description, string Text)
{
    public IReadOnlyList<KindPromptArgument> Arguments { get; init; } = [];
}

/// <summary>What a person fills in.</summary>
/// <param name="StandIn">What the text says where it is not given.</param>
internal sealed record KindPromptArgument(string Name, string Description, bool IsRequired, string StandIn = "");
