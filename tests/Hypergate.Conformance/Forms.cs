using ModelContextProtocol.Protocol;
using static ModelContextProtocol.Protocol.ElicitRequestParams;

namespace Hypergate.Conformance;

/// <summary>The questions that the suite expects.</summary>
internal static class Forms
{
    public static RequestSchema UserAndMail { get; } = new()
    {
        Properties =
        {
            ["username"] = new StringSchema { Description = "User's response" },
            ["email"] = new StringSchema { Description = "User's email address" },
        },
        Required = ["username", "email"],
    };

    public static RequestSchema Defaults { get; } = new()
    {
        Properties =
        {
            ["name"] = new StringSchema { Default = "John Doe" },
            ["age"] = new NumberSchema { Type = "integer", Default = 30 },
            ["score"] = new NumberSchema { Default = 95.5 },
            ["status"] = new UntitledSingleSelectEnumSchema { Enum = ["active", "inactive", "pending"], Default = "active" },
            ["verified"] = new BooleanSchema { Default = true },
        },
    };

    public static RequestSchema Choices { get; } = new()
    {
        Properties =
        {
            ["untitledSingle"] = new UntitledSingleSelectEnumSchema { Enum = ["option1", "option2", "option3"] },
            ["titledSingle"] = new TitledSingleSelectEnumSchema { OneOf = Options("First Option", "Second Option", "Third Option") },
#pragma warning disable MCP9001 // The suite wants the deprecated form as well.
            ["legacyEnum"] = new LegacyTitledEnumSchema { Enum = ["opt1", "opt2", "opt3"], EnumNames = ["Option One", "Option Two", "Option Three"] },
#pragma warning restore MCP9001
            ["untitledMulti"] = new UntitledMultiSelectEnumSchema { Items = new UntitledEnumItemsSchema { Enum = ["option1", "option2", "option3"] } },
            ["titledMulti"] = new TitledMultiSelectEnumSchema { Items = new TitledEnumItemsSchema { AnyOf = Options("First Choice", "Second Choice", "Third Choice") } },
        },
    };

    /// <summary>One text.</summary>
    public static InputRequest Ask(string message, string field) => InputRequest.ForElicitation(new ElicitRequestParams
    {
        Message = message,
        RequestedSchema = new RequestSchema { Properties = { [field] = new StringSchema() }, Required = [field] },
    });

    /// <summary>A yes or no.</summary>
    public static InputRequest Confirm(string message) => InputRequest.ForElicitation(new ElicitRequestParams
    {
        Message = message,
        RequestedSchema = new RequestSchema { Properties = { ["ok"] = new BooleanSchema() }, Required = ["ok"] },
    });

    public static CreateMessageRequestParams Sampling(string prompt, int tokens) => new()
    {
        Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] }],
        MaxTokens = tokens,
    };

    private static IList<EnumSchemaOption> Options(params string[] titles) =>
        [.. titles.Select(static (title, index) => new EnumSchemaOption { Const = $"value{index + 1}", Title = title })];
}
