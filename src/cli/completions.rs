//! `hegao completions SHELL`.

use super::{Arguments, CLEAN, Done};
use clap::CommandFactory;

#[derive(Debug, clap::Args)]
pub struct CompletionsArguments {
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub fn run(arguments: &CompletionsArguments) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "hegao", &mut script);
    std::io::Write::write_all(&mut std::io::stdout().lock(), &script)?;
    Ok(CLEAN)
}
