using Hypergate.Descriptions.Dadl;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>An operation as a tool of a file.</summary>
internal sealed record ExportTool
{
    public required Operation Operation { get; init; }

    /// <summary>Of the tool.</summary>
    public required string Name { get; init; }

    /// <summary>With the names that the file has for placeholders.</summary>
    public required string Path { get; init; }

    /// <summary>As what a body is sent.</summary>
    public required string BodyType { get; init; }

    public required IReadOnlyList<ExportArgument> Arguments { get; init; }

    /// <summary>The body as one argument, where it is JSON that a tool may take as a whole; null for others.</summary>
    public ExportArgument? WholeBody { get; init; }

    /// <summary>What the description must say beside the operation's own; may be empty.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Paths of what nobody may see.</summary>
    public IReadOnlyList<string> Redact { get; init; } = [];

    /// <summary>The tool that takes the body as a whole alone.</summary>
    public ExportTool AsWhole() => this with
    {
        Arguments = [.. Arguments.Where(static argument => !argument.IsField), WholeBody!],
        WholeBody = null,
        Remark = $"The body goes whole as _body: {SchemaWords.Of(WholeBody!.Schema)}.",
    };

    private string Words => Operation.Description.Length > 0 ? Operation.Description : Operation.Title;

    public DadlTool ForFile() => new()
    {
        Name = Name,
        Method = Operation.Method,
        Path = Path,
        Access = Operation.Access.ToString().ToLowerInvariant(),
        Description = Remark.Length > 0 ? $"{Words.TrimEnd('.')}. {Remark}" : Words,
        Parameters = [.. Arguments.SelectMany(static argument => argument.Parts).Where(static part => !part.IsImplicit).Select(static part => part.Parameter)],
        Rules = new CallRules { BodyType = BodyType, Response = new ResponseRules { Redact = Redact } },
    };
}
