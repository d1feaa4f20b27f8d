using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hypergate.Simulator.ProxmoxVe.Description;
using Hypergate.Simulator.ProxmoxVe.Server;

namespace Hypergate.Simulator.ProxmoxVe.Validation;

/// <summary>Checks the parameters of a request against the route table, with the platform's texts.</summary>
internal sealed class ParameterCheck(RouteTable routes)
{
    private const string Unknown = "property is not defined in schema and the schema does not allow additional properties";

    /// <exception cref="PveError">400 with a text for each parameter that is wrong.</exception>
    public void Demand(Route route, Parameters parameters)
    {
        Adapt(route, parameters);
        var errors = new Dictionary<string, string>();
        foreach (var schema in route.Parameters.Values)
        {
            if (!Families.IsFamily(schema.Name))
            {
                Check(schema, parameters[schema.Name], schema.Name, errors);
            }
        }

        foreach (var name in parameters.Names)
        {
            CheckGiven(route, parameters, name, errors);
        }

        if (errors.Count > 0)
        {
            throw PveError.Parameters(errors);
        }
    }

    // An array for a list that is a text, and a single value for an array, are taken as they are meant.
    private static void Adapt(Route route, Parameters parameters)
    {
        foreach (var name in parameters.Names.ToList())
        {
            var schema = Families.Find(route.Parameters, name);
            switch (parameters[name])
            {
                case JsonArray array when schema is { Type: "string", Format: { } format } && format.EndsWith("-list", StringComparison.Ordinal):
                    parameters[name] = string.Join(',', array.Select(static item => item is null ? "" : Parameters.TextOf(item)));
                    break;
                case JsonValue value when schema is { Type: "array" } && Parameters.TextOf(value).Length > 0:
                    parameters[name] = new JsonArray(value.DeepClone());
                    break;
            }
        }
    }

    private void CheckGiven(Route route, Parameters parameters, string name, Dictionary<string, string> errors)
    {
        if (Families.Find(route.Parameters, name) is not { } schema)
        {
            if (!route.TakesOthers)
            {
                Add(errors, name, Unknown);
            }

            return;
        }

        if (Families.IsFamily(schema.Name))
        {
            Check(schema, parameters[name], name, errors);
        }

        if (schema.Requires is { } required && !parameters.Has(required))
        {
            Add(errors, required, $"missing property required by '{name}'");
        }
    }

    private void Check(PropertySchema schema, JsonNode? value, string path, Dictionary<string, string> errors)
    {
        if (schema.Alias is not null)
        {
            return;
        }

        if (value is null)
        {
            if (!schema.Optional)
            {
                Add(errors, path, "property is missing and it is not optional");
            }

            return;
        }

        if (TypeFault(schema.Type, value) is { } fault)
        {
            Add(errors, path, fault);
        }
        else if (value is JsonArray array)
        {
            for (var i = 0; i < array.Count && schema.Items is not null; i++)
            {
                Check(schema.Items with { Optional = false }, array[i], $"{path}[{i}]", errors);
            }
        }
        else if (value is JsonValue && ValueFault(schema, Parameters.TextOf(value), path) is { } wrong)
        {
            Add(errors, path, wrong);
        }
    }

    private static string? TypeFault(string type, JsonNode value)
    {
        var wrong = $"type check ('{type}') failed";
        return (type, value) switch
        {
            ("any", _) or ("array", JsonArray) or ("object", JsonObject) => null,
            ("array" or "object", _) => wrong,
            (_, JsonArray) => $"{wrong} - got ARRAY",
            (_, JsonObject) => $"{wrong} - got HASH",
            ("boolean", _) when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => null,
            (_, _) when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => $"{wrong} - got JSON::PP::Boolean",
            ("boolean", _) => Parameters.TextOf(value) is "0" or "1" ? null : $"{wrong} - got '{Parameters.TextOf(value)}'",
            ("integer", _) => Numbers.IsInteger(Parameters.TextOf(value)) ? null : $"{wrong} - got '{Parameters.TextOf(value)}'",
            ("number", _) => Numbers.IsNumber(Parameters.TextOf(value)) ? null : $"{wrong} - got '{Parameters.TextOf(value)}'",
            _ => null,
        };
    }

    private string? ValueFault(PropertySchema schema, string text, string path)
    {
        if (FormatFault(schema, text, path) is { } format)
        {
            return "invalid format - " + format;
        }

        if (schema.Expression is { } expression && !Fits(expression, text))
        {
            return "value does not match the regex pattern";
        }

        if (schema.MaxLength is { } longest && text.Length > longest)
        {
            return $"value may only be {longest} characters long";
        }

        if (schema.MinLength is { } shortest && text.Length < shortest)
        {
            return $"value must be at least {shortest} characters long";
        }

        return RangeFault(schema, text) ?? (schema.Enum.Count == 0 || schema.Enum.Contains(text)
            ? null
            : $"value '{text}' does not have a value in the enumeration '{string.Join(", ", schema.Enum)}'");
    }

    private static string? RangeFault(PropertySchema schema, string text)
    {
        if (!Numbers.IsNumber(text))
        {
            return null;
        }

        var number = double.Parse(text, CultureInfo.InvariantCulture);
        return number > schema.Maximum ? $"value must have a maximum value of {Numbers.Text(schema.Maximum.Value)}"
            : number < schema.Minimum ? $"value must have a minimum value of {Numbers.Text(schema.Minimum.Value)}"
            : null;
    }

    private string? FormatFault(PropertySchema schema, string text, string path) =>
        schema.PropertyString is { } name ? PropertyStringFault(name, text, path)
        : schema.Format is { } format ? Formats.Fault(format, text)
        : null;

    private string? PropertyStringFault(string name, string text, string path)
    {
        try
        {
            var keys = routes.Formats[name];
            var values = PropertyStrings.Parse(keys, text);
            var errors = new Dictionary<string, string>();
            foreach (var key in keys)
            {
                Check(key, values.TryGetValue(key.Name, out var value) ? JsonValue.Create(value) : null, $"{path}.{key.Name}", errors);
            }

            return errors.Count == 0
                ? null
                : "format error\n" + string.Concat(errors.OrderBy(static error => error.Key, StringComparer.Ordinal).Select(static error => $"{error.Key}: {error.Value}\n"));
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private static bool Fits(Regex expression, string text)
    {
        try
        {
            return expression.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static void Add(Dictionary<string, string> errors, string path, string text) =>
        errors[path] = errors.TryGetValue(path, out var before) ? $"{before}\\n{text}" : text;
}
