using System.Globalization;
using System.Text;
using Hypergate.Model;
using static Hypergate.Descriptions.Dadl.DadlWriter;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Writes how a file's calls are signed.</summary>
internal static class DadlAuthWriter
{
    public static void Write(StringBuilder text, DadlDraft draft)
    {
        var name = draft.Name.Replace('-', '_');
        text.Append("  auth:\n");
        if (draft.Login is { } login)
        {
            Write(text, login.Path, login.Words, name);
        }
        else if (draft.IsBasic)
        {
            text.Append(CultureInfo.InvariantCulture, $"    type: basic\n    username_credential: {name}_username\n    password_credential: {name}_password\n");
        }
        else
        {
            WriteKey(text, draft, name);
        }

        text.Append('\n');
    }

    private static void Write(StringBuilder text, string path, SessionWords login, string name)
    {
        text.Append(CultureInfo.InvariantCulture, $"    type: session\n    login:\n      method: POST\n      path: {Quoted(path)}\n      content_type: {Quoted(login.BodyType)}\n");
        text.Append(CultureInfo.InvariantCulture, $"      body:\n        {login.User}_credential: {name}_username\n        {login.Password}_credential: {name}_password\n      extract:\n");
        foreach (var (part, place) in login.Extract)
        {
            text.Append(CultureInfo.InvariantCulture, $"        {part}: {Quoted(place)}\n");
        }

        text.Append("    inject:\n");
        foreach (var (header, value) in login.Inject)
        {
            text.Append(CultureInfo.InvariantCulture, $"      - {{ header: {Quoted(header)}, value: {Quoted(value)} }}\n");
        }

        text.Append("    refresh:\n      trigger: status_code_401\n      action: login\n");
    }

    private static void WriteKey(StringBuilder text, DadlDraft draft, string name)
    {
        var credential = draft.Header is null && draft.Query is null ? DadlAuth.NoCredential : $"{name}_token";
        text.Append("    type: apikey\n    credential: ").Append(credential).Append('\n');
        if (draft.Header is { } header)
        {
            text.Append(CultureInfo.InvariantCulture, $"    header_name: {Quoted(header)}\n    prefix: {Quoted(draft.Prefix)}\n");
        }
        else if (draft.Query is { } query)
        {
            text.Append(CultureInfo.InvariantCulture, $"    inject_into: query\n    query_param: {Quoted(query)}\n");
        }
    }
}
