using System.Globalization;
using System.Text;

namespace Hypergate.Schemas;

/// <summary>Where a value lies below its root; becomes text only when somebody asks.</summary>
internal sealed class ValuePath
{
    private const int LongestName = 100;
    private readonly ValuePath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private ValuePath(ValuePath? parent, string? name, int index) => (_parent, _name, _index) = (parent, name, index);

    public static ValuePath Root { get; } = new(null, null, 0);

    public bool IsRoot => _parent is null;

    public ValuePath Property(string name) => new(this, name, 0);

    public ValuePath Item(int index) => new(this, null, index);

    /// <summary>As <c>body.tags[0]</c>, or <c>body["odd name"]</c> where the name is no plain word.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        AppendTo(text);
        return text.ToString();
    }

    private void AppendTo(StringBuilder text)
    {
        if (_parent is null)
        {
            return;
        }

        _parent.AppendTo(text);
        if (_name is null)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{_index}]");
        }
        else if (!IsWord(_name))
        {
            text.Append('[').Append(ValueText.Quote(_name, LongestName)).Append(']');
        }
        else
        {
            text.Append(text.Length == 0 ? "" : ".").Append(_name);
        }
    }

    private static bool IsWord(string name) =>
        name.Length is > 0 and <= LongestName && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$');
}
