using System.Text;
using Hypergate.Model;

namespace Hypergate.Descriptions;

/// <summary>An operation as one would call it: <c>PutVmTag(id, tag)</c>, <c>StartVm(id, body?)</c>.</summary>
public static class Signature
{
    /// <summary>The name and its arguments, the required ones first; a question mark follows an optional one.</summary>
    public static string Of(Operation operation)
    {
        var text = new StringBuilder(operation.Name).Append('(');
        AppendParameters(text, operation, required: true);
        if (operation.Body is { Required: true })
        {
            Append(text, "body", required: true);
        }

        AppendParameters(text, operation, required: false);
        if (operation.Body is { Required: false })
        {
            Append(text, "body", required: false);
        }

        return text.Append(')').ToString();
    }

    private static void AppendParameters(StringBuilder text, Operation operation, bool required)
    {
        foreach (var parameter in operation.Parameters)
        {
            if (parameter.Required == required)
            {
                Append(text, parameter.Name, required);
            }
        }
    }

    private static void Append(StringBuilder text, string name, bool required)
    {
        if (text[^1] != '(')
        {
            text.Append(", ");
        }

        text.Append(name).Append(required ? "" : "?");
    }
}
