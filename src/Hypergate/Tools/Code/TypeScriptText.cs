using System.Text;
using System.Text.Json;
using Hypergate.Descriptions;
using Hypergate.Model;
using Hypergate.Results.Text;

namespace Hypergate.Tools.Code;

/// <summary>One operation as a member of a TypeScript interface, or in one line.</summary>
/// <param name="needsConsent">Whether a person must agree before an operation runs.</param>
internal sealed class TypeScriptText(Func<Operation, bool> needsConsent)
{
    private const int LongestText = 400;
    private const int LongestSummary = 140;
    private const int MostLiterals = 12;
    private const int MostExamples = 3;
    private const int MostExampleLines = 12;

    /// <param name="operation">Which.</param>
    /// <param name="name">As scripts call it.</param>
    /// <param name="all">The operations beside it, of which one may have taken its place.</param>
    /// <param name="isWhole">Whether texts are shown uncut.</param>
    public string Member(Operation operation, string name, IReadOnlyList<Operation> all, bool isWhole)
    {
        var text = new StringBuilder("  /** ").Append(Comment(operation.Description.Length > 0 ? operation.Description : operation.Title, isWhole ? int.MaxValue : LongestText))
            .Append(" [").Append(Word(operation.Access)).Append(']');
        Append(text, operation, all, isWhole);
        return text.Append(" */\n  ").Append(name).Append('(').Append(Arguments(operation, isWhole)).Append("): Promise<").Append(Result(operation)).Append(">;\n").ToString();
    }

    /// <summary>Scripts that call these operations, as comments: the first of each.</summary>
    public static string Examples(IEnumerable<Operation> operations)
    {
        var text = new StringBuilder();
        foreach (var example in operations.SelectMany(static operation => operation.Rules?.Examples.Take(1) ?? []).Distinct().Take(MostExamples))
        {
            text.Append("// Example: ").Append(Comment(example.Title, LongestSummary)).Append('\n');
            foreach (var line in example.Code.Trim().Split('\n').Take(MostExampleLines))
            {
                text.Append("//   ").Append(Comment(line.TrimEnd(), LongestSummary)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary><c>xo.StartVm(id, body?) [write] Start a halted VM.</c></summary>
    public static string Line(Operation operation, string owner, string name)
    {
        var signature = Signature.Of(operation);
        return $"{owner}.{name}{signature[operation.Name.Length..]} [{Word(operation.Access)}] {Summary(operation)}\n";
    }

    public static string Summary(Operation operation)
    {
        var text = operation.Description.Length > 0 ? operation.Description : operation.Title;
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return Comment(end > 0 ? text[..(end + 1)] : text, LongestSummary);
    }

    public static string Word(Access access) => access.ToString().ToLowerInvariant();

    private void Append(StringBuilder text, Operation operation, IReadOnlyList<Operation> all, bool isWhole)
    {
        if (operation.Deprecated)
        {
            text.Append(Successor.Of(operation, all) is { } next ? $" deprecated: use {ScriptNames.Of(next)}" : " deprecated");
        }

        var asks = needsConsent(operation);
        if (asks)
        {
            text.Append(" needs consent");
        }

        if (operation.StartsJob)
        {
            text.Append(asks ? "," : "").Append(" waits for its task unless wait: false");
        }

        foreach (var hint in operation.Rules?.Hints ?? [])
        {
            text.Append("\n   *  ").Append(Comment(hint, isWhole ? int.MaxValue : LongestText));
        }

        if (operation.HasListArguments && operation.DefaultFields.Count > 0)
        {
            text.Append("\n   *  fields: ").Append(Comment(string.Join(", ", operation.DefaultFields), LongestText)).Append("; * for all");
        }
    }

    private static string Arguments(Operation operation, bool isWhole)
    {
        var all = operation.Parameters.Select(static parameter => (parameter.Name, parameter.Required, parameter.Schema, Description: SaysItself(parameter) ? "" : parameter.Description)).ToList();
        if (operation.Body is { } body)
        {
            all.Add(("body", body.Required, body.Schema, ""));
        }

        if (operation.StartsJob && all.TrueForAll(static argument => argument.Name != OwnArguments.Wait))
        {
            all.Add((OwnArguments.Wait, false, OwnArguments.Schemas[OwnArguments.Wait], ""));
        }

        if (all.Count == 0)
        {
            return "";
        }

        var members = all.OrderBy(static argument => !argument.Required)
            .Select(argument => Argument(argument.Name, argument.Required, (argument.Schema, operation.Rules?.Files.Contains(argument.Name) == true), argument.Description, isWhole));
        return $"args{(all.Exists(static argument => argument.Required) ? "" : "?")}: {{ {string.Join("; ", members)} }}";
    }

    // "id" needs no sentence that it is an id.
    private static bool SaysItself(Parameter parameter) => parameter is { Place: ParameterPlace.Path, Name: "id" };

    private static string Argument(string name, bool isRequired, (JsonElement Schema, bool IsFile) type, string description, bool isWhole)
    {
        var schema = type.Schema;
        var words = new StringBuilder();
        var text = $"{description}{ManyWords(schema, description.Length > 0)}";
        if (text.Length > 0)
        {
            words.Append("/** ").Append(Comment(text, isWhole ? int.MaxValue : LongestText));
        }

        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("default", out var standard))
        {
            words.Append(words.Length == 0 ? "/** " : " ").Append("@default ").Append(Comment(standard.GetRawText(), LongestSummary));
        }

        return $"{words}{(words.Length == 0 ? "" : " */ ")}{ScriptNames.Argument(name)}{(isRequired ? "" : "?")}: {(type.IsFile ? TypeScriptTypes.File : TypeScriptTypes.Of(schema))}";
    }

    // More words than a type should list are told beside it.
    private static string ManyWords(JsonElement schema, bool isContinued) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("enum", out var words) && words.ValueKind == JsonValueKind.Array && words.GetArrayLength() > MostLiterals
            ? $"{(isContinued ? " " : "")}One of {string.Join(", ", words.EnumerateArray().Select(static word => word.ToString()))}."
            : "";

    private static string Result(Operation operation) => operation switch
    {
        { Rules: { } rules } => TypeScriptTypes.Of(rules.Returns),
        { StartsJob: true } => "{ task: string; backend: string; state: string; result: unknown }",
        { Result: ResultShape.Nothing } => "null",
        { Result: ResultShape.One } => "Record<string, unknown>",
        { Result: ResultShape.List } => "Record<string, unknown>[]",
        _ => "unknown",
    };

    /// <summary>A text as part of a comment: in one line, cut, and unable to end it.</summary>
    public static string Comment(string text, int length)
    {
        var line = CleanText.Line(text).Replace("*/", "*\\/", StringComparison.Ordinal);
        return line.Length <= length ? line : $"{CleanText.Start(line, length).TrimEnd()}…";
    }
}
