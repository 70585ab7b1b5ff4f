/// Colours and type of the SVG.
enum PictureStyle {
    /// One set of variables per colour scheme; the rules name variables only.
    static let sheet = """
        svg{--page:#f6f7f9;--card:#ffffff;--line:#c5ccd6;--ink:#17202b;--soft:#5b6675;\
        --edge:#64748b;--contract:#1d5fc4;--payout:#187a45;--anchor:#8a6a00;--data:#7a3fb0;\
        --outside:#eef1f5}
        @media (prefers-color-scheme:dark){svg{--page:#10151c;--card:#1a222d;--line:#3a4656;\
        --ink:#e8edf3;--soft:#9aa7b7;--edge:#8494a8;--contract:#79b0ff;--payout:#63d396;\
        --anchor:#e2bd4f;--data:#c79bf2;--outside:#151b24}}
        text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;\
        fill:var(--ink)}
        .page{fill:var(--page)}
        .title{font-size:19px;font-weight:700}
        .heading{font-size:15px;font-weight:700}
        .row{font-size:12px}
        .note{font-size:11px;fill:var(--soft)}
        .body{fill:var(--card);stroke:var(--line);stroke-width:1.25}
        .external .body{fill:var(--outside);stroke-dasharray:6 4}
        .rule{stroke:var(--line);fill:none}
        .edge{fill:none;stroke:var(--edge);stroke-width:1.5}
        .edge.delayed{stroke-dasharray:6 4}
        .edge:hover{stroke:var(--contract);stroke-width:3}
        .tip{fill:var(--edge)}
        .row.contract{fill:var(--contract)}.row.payout{fill:var(--payout)}
        .row.anchor{fill:var(--anchor)}.row.data{fill:var(--data)}
        .port{stroke:var(--card);stroke-width:1.5}
        .port.contract{fill:var(--contract)}.port.payout{fill:var(--payout)}
        .port.anchor{fill:var(--anchor)}.port.data{fill:var(--data)}
        """
}
