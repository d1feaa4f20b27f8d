using Hypergate.Descriptions.Dadl;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>What of a tool stands for an argument of path, query or header.</summary>
/// <param name="kind">How the platform wants arguments written.</param>
internal sealed class ParameterParts(BackendKind kind)
{
    private readonly bool _isPlain = kind.BodyType != RequestBody.Json;

    /// <param name="parameter">Of the operation.</param>
    /// <param name="name">What the file calls it.</param>
    /// <param name="before">What the path's template says in front of the value.</param>
    public IReadOnlyList<ExportPart> Of(Parameter parameter, string name, string before)
    {
        var type = parameter is { Place: ParameterPlace.Query, Wire: null } ? ExportTypes.OfRepeated(parameter.Schema) : ExportTypes.Of(parameter.Schema);
        var about = new DadlParameter { Name = name, Place = parameter.Place, Required = parameter.Required || parameter.Place == ParameterPlace.Path, Type = type, Description = parameter.Description };
        var isJoined = type is "array" or "object" || parameter.Wire?.Style == ParameterStyle.Json;
        return (parameter.Place, parameter.Wire) switch
        {
            (ParameterPlace.Cookie, _) => [],
            (ParameterPlace.Query, { } wire) => StyledParts.Of(about, wire, parameter.Schema),
            (ParameterPlace.Path, { } wire) when isJoined => [new(StyledParts.Joined(about, wire, type), Conversions.InPath(wire, before))],
            (ParameterPlace.Header, { } wire) when isJoined => [new(StyledParts.Joined(about, wire, type), Conversions.InHeader(wire))],
            (ParameterPlace.Query, null) when _isPlain => [PlainPart.Of(about, kind)],
            (ParameterPlace.Body, _) => [new(about, Conversions.Typed(type, isText: false))],
            _ => [new(about, Conversions.Typed(type, isText: true))],
        };
    }
}
