using Hypergate.Results.Text;

namespace Hypergate.Tools;

/// <summary>A prompt that a client can offer to its user.</summary>
/// <param name="Name">What a client asks for.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Text">What the assistant is told as the user's message; <c>{name}</c> stands for an argument.</param>
public sealed record PromptDefinition(string Name, string Title, string Description, string Text)
{
    public IReadOnlyList<PromptParameter> Arguments { get; init; } = [];

    /// <summary>What the message begins with: how things are when it is asked for.</summary>
    public Func<string> Opening { get; init; } = static () => "";

    /// <summary>The message with arguments in their places; one that was not given reads as its stand-in.</summary>
    public string Write(IReadOnlyDictionary<string, string> arguments) => Opening() + Arguments.Aggregate(Text, (text, argument) => text.Replace(
        $"{{{argument.Name}}}",
        arguments.TryGetValue(argument.Name, out var value) ? $"\"{CleanText.Line(value)}\"" : argument.StandIn,
        StringComparison.Ordinal));
}

/// <summary>What a person fills in.</summary>
/// <param name="StandIn">What the message says where it is not given.</param>
public sealed record PromptParameter(string Name, string Description, bool Required, string StandIn = "");
